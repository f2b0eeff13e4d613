/** Figures over all drills that the catalog remembers: what was proven of whom, when, and how well. */
package dev.muster.catalog.figures;
