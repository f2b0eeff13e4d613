/** Reads calendars of windows in which no drill may start. */
package dev.muster.schedule.calendar;
