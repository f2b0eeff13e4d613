package dev.muster.backup.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SealTest {

    @Test
    void knows_the_beginnings_of_what_each_program_writes() {
        assertThat(of("age-encryption.org/v1\n-> X25519 abc")).contains(Seal.AGE);
        assertThat(of("-----BEGIN AGE ENCRYPTED FILE-----\nYWdl")).contains(Seal.AGE);
        assertThat(of("-----BEGIN PGP MESSAGE-----\n\nhQEM")).contains(Seal.GPG);
        assertThat(hex("8c0d0409030217b4")).contains(Seal.GPG);
        assertThat(hex("85010c031fa8a6e9")).contains(Seal.GPG);
        assertThat(hex("845e03aabbccddee")).contains(Seal.GPG);
        assertThat(hex("c1c04c03aabbccdd")).contains(Seal.GPG);
        assertThat(hex("c30d04090302aabb")).contains(Seal.GPG);
        assertThat(of("Salted__12345678")).contains(Seal.OPENSSL);
        assertThat(of("U2FsdGVkX1+npfBF")).contains(Seal.OPENSSL);
    }

    @Test
    void takes_nothing_else_for_encrypted() {
        assertThat(of("")).isEmpty();
        assertThat(of("PGDMP")).isEmpty();
        assertThat(of("-----BEGIN PGP SIGNATURE-----\n\n")).isEmpty();
        assertThat(of("-----BEGIN CERTIFICATE-----\n")).isEmpty();
        assertThat(of("age-old documents")).isEmpty();
        assertThat(hex("8c0d010903021000")).isEmpty();
        assertThat(hex("85010c0900000000")).isEmpty();
        assertThat(hex("28b52ffd00000000")).isEmpty();
    }

    private static Optional<Seal> of(String text) {
        return Seal.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Optional<Seal> hex(String bytes) {
        return Seal.of(HexFormat.of().parseHex(bytes));
    }
}
