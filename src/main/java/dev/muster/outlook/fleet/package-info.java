/** How a fleet stands, and what the tenants that were drawn by lot let one claim of all. */
package dev.muster.outlook.fleet;
