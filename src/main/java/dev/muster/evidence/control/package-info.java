/** Which controls of auditors' catalogues a record supports, by data that an organisation may replace. */
package dev.muster.evidence.control;
