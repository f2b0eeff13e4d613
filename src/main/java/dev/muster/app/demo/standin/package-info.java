/** A program that stands in for Odoo where there is none: it speaks the same calls and does them in the restored database. */
package dev.muster.app.demo.standin;
