/** Puts dumps into a database of the scratch. */
package dev.muster.restore.sql;
