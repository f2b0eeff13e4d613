/** Keeps many, or somebody hostile, from taking the server away from the others. */
package dev.muster.web.limit;
