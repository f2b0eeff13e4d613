/** Finds what is wrong with schedules: by themselves, among each other, and with the calendars. */
package dev.muster.schedule.lint;
