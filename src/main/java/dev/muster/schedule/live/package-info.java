/** Shows how drills look while they run, to all who watch. */
package dev.muster.schedule.live;
