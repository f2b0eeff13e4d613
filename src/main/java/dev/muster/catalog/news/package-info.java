/** Remembers what is to be told, to whom, and what became of it. */
package dev.muster.catalog.news;
