/** Tells services that are called over HTTP. */
package dev.muster.telling.hook;
