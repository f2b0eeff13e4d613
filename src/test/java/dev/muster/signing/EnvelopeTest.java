package dev.muster.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvelopeTest {
    private static final String TYPE = "application/vnd.example+json";
    private static final byte[] DOCUMENT = "{\"rows\": 25}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private SigningKeys keys;

    @BeforeEach
    void makeKeys() {
        keys = SigningKeys.init(folder.resolve("own"));
    }

    @Test
    void gives_the_document_back_to_whoever_trusts_the_key() {
        byte[] sealed = Envelope.seal(TYPE, DOCUMENT, keys);

        assertThat(Envelope.open(TYPE, sealed, trusted())).hasValueSatisfying(opened -> {
            assertThat(opened.payload()).isEqualTo(DOCUMENT);
            assertThat(opened.keyId()).isEqualTo(keys.keyId());
        });
    }

    @Test
    void stays_closed_for_a_stranger_s_key_another_type_and_a_changed_document() {
        byte[] sealed = Envelope.seal(TYPE, DOCUMENT, keys);
        SigningKeys.init(folder.resolve("strange"));

        assertThat(Envelope.open(TYPE, sealed, SigningKeys.publicKeys(folder.resolve("strange"))))
                .isEmpty();
        assertThat(Envelope.open("application/json", sealed, trusted())).isEmpty();
        // The first letters of the document, and with them one figure less.
        String changed = new String(sealed, StandardCharsets.UTF_8).replace("eyJyb3dz", "eyJyb3d0");
        assertThat(Envelope.open(TYPE, changed.getBytes(StandardCharsets.UTF_8), trusted()))
                .isEmpty();
    }

    @Test
    void what_is_no_envelope_stays_closed() {
        for (String text : List.of("", "[]", "no json", "{\"payloadType\": \"" + TYPE + "\", \"payload\": \"%\"}")) {
            assertThat(Envelope.open(TYPE, text.getBytes(StandardCharsets.UTF_8), trusted()))
                    .isEmpty();
        }
    }

    private List<PublicKeyText> trusted() {
        return SigningKeys.publicKeys(folder.resolve("own"));
    }
}
