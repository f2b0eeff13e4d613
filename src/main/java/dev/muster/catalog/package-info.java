/** Remembers drills and their results in a database. */
package dev.muster.catalog;
