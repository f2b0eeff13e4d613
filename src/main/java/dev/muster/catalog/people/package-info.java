/** Remembers who may come in, their sessions and tokens, and what was tried. */
package dev.muster.catalog.people;
