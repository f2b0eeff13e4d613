/** Rules of a business, as queries to the restored database with what they must give. */
package dev.muster.check.rule;
