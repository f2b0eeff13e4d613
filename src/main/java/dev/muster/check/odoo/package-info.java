/** What is special about Odoo, and only that. */
package dev.muster.check.odoo;
