/** Streams of events to many viewers, none of whom holds a thread or keeps a drill waiting. */
package dev.muster.web.stream;
