/** Keeps which drills were asked for, which process conducts them, and how they look meanwhile. */
package dev.muster.catalog.queue;
