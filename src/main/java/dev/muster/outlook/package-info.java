/** Figures over time: trend, forecast, and what a sample of a fleet lets one claim. */
package dev.muster.outlook;
