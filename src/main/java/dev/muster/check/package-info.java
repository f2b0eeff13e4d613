/** Asks the restored system whether it came back: integrity, consistency, workflows, isolation. */
package dev.muster.check;
