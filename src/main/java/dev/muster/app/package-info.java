/** Main, settings and wiring, the only place where things are put together; and the demonstration estate. */
package dev.muster.app;
