/** Takes drills into the queue, and begins them when their turn has come. */
package dev.muster.schedule.queue;
