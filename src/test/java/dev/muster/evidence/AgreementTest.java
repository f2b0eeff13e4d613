package dev.muster.evidence;

import dev.muster.evidence.bundle.Verification;
import dev.muster.testing.Needs;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two verifiers that were written apart come to the same about every bundle, whole or not. */
@Needs({"python3", "openssl"})
class AgreementTest extends VerificationTest {
    @RegisterExtension
    static final SecondOpinion PYTHON = new SecondOpinion();

    @Override
    Verification verify(Path bundle, Path trust) {
        return PYTHON.agreed(bundle, trust, super::verify);
    }
}
