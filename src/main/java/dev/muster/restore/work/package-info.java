/** What every restore goes by: its job, its notes, the room it has. */
package dev.muster.restore.work;
