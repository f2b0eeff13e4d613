/** What past drills let one expect: how recovery times and losses grow, how surely, and when a target will be missed. */
package dev.muster.outlook.forecast;
