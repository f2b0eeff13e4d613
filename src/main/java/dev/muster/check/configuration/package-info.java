/** Holds the configuration that came back against the inventory in the runbook. */
package dev.muster.check.configuration;
