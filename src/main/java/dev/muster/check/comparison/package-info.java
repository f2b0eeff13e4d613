/** Compares a restored database with what is known of its system from elsewhere: a baseline, the last drill, the runbook. */
package dev.muster.check.comparison;
