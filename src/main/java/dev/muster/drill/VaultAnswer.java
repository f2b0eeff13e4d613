package dev.muster.drill;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a vault answered to one question about the backups of one asset.
 *
 * @param verdict whether what was promised is kept; absent where nothing was promised
 * @param observations what was seen, in the order in which a reader wants it
 * @param problem what is wrong; present exactly when there is a verdict and it is not PASSED
 */
public record VaultAnswer(
        VaultQuestion question,
        Optional<Verdict> verdict,
        Map<String, String> observations,
        Optional<Problem> problem,
        List<Finding> findings) {
    public VaultAnswer {
        observations = Collections.unmodifiableMap(new LinkedHashMap<>(observations));
        findings = List.copyOf(findings);
    }
}
