package dev.muster.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Secret;
import dev.muster.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key in a token that is made of software. Its library reads its settings once, so a process of its own asks it. */
@Needs("softhsm2-util")
class TokenTest {
    private static final byte[] MESSAGE = "everyone to the boats".getBytes(UTF_8);
    private static final String PIN = "471147";
    private static final String WRONG_PIN = "081508";

    @TempDir
    Path folder;

    @Test
    void a_key_in_a_token_signs_and_what_keeps_it_from_that_is_told() throws Exception {
        Path library = library();
        Files.createDirectories(folder.resolve("tokens"));
        Files.writeString(folder.resolve("softhsm2.conf"), "directories.tokendir = " + folder.resolve("tokens") + "\n");
        String slot = slot(run(
                "softhsm2-util", "--init-token", "--free", "--label", "muster", "--pin", PIN, "--so-pin", "1234567"));
        Path settings = Files.writeString(
                folder.resolve("token.cfg"), "name = muster\nlibrary = " + library + "\nslot = " + slot + "\n");
        String java = Path.of(System.getProperty("java.home"), "bin").toString();
        run(
                java + "/keytool",
                "-genkeypair",
                "-alias",
                "evidence",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=evidence",
                "-validity",
                "730",
                "-keystore",
                "NONE",
                "-storetype",
                "PKCS11",
                "-providerClass",
                "sun.security.pkcs11.SunPKCS11",
                "-providerArg",
                settings.toString(),
                "-storepass",
                PIN);

        List<String> said = run(
                        java + "/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Asking.class.getName(),
                        library.toString(),
                        slot)
                .lines()
                .toList();

        assertThat(said).hasSize(5);
        assertThat(said.get(0)).contains("The token does not open", "wrong PIN").doesNotContain(WRONG_PIN);
        assertThat(said.get(1)).contains("There is no key ledger", "are evidence");
        assertThat(said.get(2)).contains("The token does not open", "`slot`");
        PublicKeyText key = PublicKeyText.parse(said.get(3).replace('|', '\n')).orElseThrow();
        assertThat(key.kind()).isEqualTo(KeyKind.P256);
        assertThat(key.validity().until()).isPresent();
        assertThat(key.verifies(MESSAGE, Base64.getDecoder().decode(said.get(4))))
                .isTrue();
        assertThat(said).noneMatch(line -> line.contains(PIN));
    }

    private static Path library() throws IOException {
        try (Stream<Path> files =
                Files.find(Path.of("/usr/lib"), 3, (file, about) -> file.endsWith("libsofthsm2.so"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private static String slot(String said) {
        Matcher slot = Pattern.compile("slot (\\d+)").matcher(said);
        assertThat(slot.find()).as(said).isTrue();
        return slot.group(1);
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .put("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
        int exit = builder.start().waitFor();
        String said = Files.readString(output);
        assertThat(exit).as(said).isZero();
        return said;
    }

    /** Asks the token wrongly, and then as it wants to be asked. */
    static final class Asking {
        private Asking() {}

        public static void main(String[] arguments) {
            Path library = Path.of(arguments[0]);
            long slot = Long.parseLong(arguments[1]);
            System.out.println(refused(library, slot, WRONG_PIN, "evidence"));
            System.out.println(refused(library, slot, PIN, "ledger"));
            System.out.println(refused(library, 7, PIN, "evidence"));
            Signer signer = source(library, slot, PIN, "evidence").open();
            System.out.println(signer.publicKeyPem().replace('\n', '|'));
            System.out.println(Base64.getEncoder().encodeToString(signer.sign(MESSAGE)));
        }

        private static String refused(Path library, long slot, String pin, String label) {
            try {
                return source(library, slot, pin, label).open().keyId();
            } catch (CouldNotRun refused) {
                return refused.problem().toString();
            }
        }

        private static KeySource source(Path library, long slot, String pin, String label) {
            return new KeySource.Pkcs11(library, OptionalLong.of(slot), () -> new Secret(pin), label);
        }
    }
}
