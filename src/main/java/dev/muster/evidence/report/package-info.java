/** Makes of a record what people read: the report, its pictures, one page for management, a text for a ticket. */
package dev.muster.evidence.report;
