/** What a drill leaves behind: the record, the report, the signed bundle, and their verification. */
package dev.muster.evidence;
