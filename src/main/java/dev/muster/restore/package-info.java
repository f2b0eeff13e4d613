/** Puts a fetched backup into a scratch: one class per format. */
package dev.muster.restore;
