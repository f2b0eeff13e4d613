/** Fires what is due, once over all processes. */
package dev.muster.schedule.quartz;
