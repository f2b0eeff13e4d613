/** Notices by itself that a system has not been proven for too long. */
package dev.muster.schedule.overdue;
