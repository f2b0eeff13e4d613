package dev.muster.evidence.paper;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** What veraPDF finds wrong with a document, for archives and for readers' aids. */
public final class Conformance {
    private Conformance() {}

    public static List<String> problems(byte[] document) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        List<String> problems = new ArrayList<>();
        for (PDFAFlavour flavour : List.of(PDFAFlavour.PDFA_3_A, PDFAFlavour.PDFUA_1)) {
            try (PDFAParser parser =
                            Foundries.defaultInstance().createParser(new ByteArrayInputStream(document), flavour);
                    PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                ValidationResult result = validator.validate(parser);
                for (TestAssertion assertion : result.getTestAssertions()) {
                    problems.add(flavour.getId() + " " + assertion.getRuleId() + ": " + assertion.getMessage() + " at "
                            + assertion.getLocation());
                }
                if (problems.isEmpty() && !result.isCompliant()) {
                    problems.add(flavour.getId() + ": not compliant");
                }
            }
        }
        return problems;
    }
}
