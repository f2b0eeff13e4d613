/** Turns what a schedule says into moments, whatever clocks do in between. */
package dev.muster.schedule.recurrence;
