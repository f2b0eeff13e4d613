/** Metrics for Prometheus and what reads the same text: how every system stands, read when somebody asks. */
package dev.muster.telling.metrics;
