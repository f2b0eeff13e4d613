/** Remembers slots of schedules, and what became of each. */
package dev.muster.catalog.slot;
