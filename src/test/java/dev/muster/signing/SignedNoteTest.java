package dev.muster.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
    /** The checkpoint and the key that the specification of signed notes shows as an example. */
    private static final String EXAMPLE = """
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            \u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            """;

    @TempDir
    Path folder;

    @Test
    void what_was_signed_is_read_and_verified_again() {
        SigningKeys keys = SigningKeys.init(folder.resolve("keys"));
        String text = SignedNote.sign("one\ntwo\n", "muster-ledger/1", keys).format();

        SignedNote read = SignedNote.parse(text).orElseThrow();

        assertThat(read.text()).isEqualTo("one\ntwo\n");
        assertThat(read.signedBy("muster-ledger/1", keys.publicKey())).isTrue();
        assertThat(read.signedBy("muster-ledger/2", keys.publicKey())).isFalse();
        assertThat(read.signedBy(
                        "muster-ledger/1",
                        SigningKeys.init(folder.resolve("others")).publicKey()))
                .isFalse();
        assertThat(SignedNote.parse(text.replace("two", "too"))
                        .orElseThrow()
                        .signedBy("muster-ledger/1", keys.publicKey()))
                .isFalse();
    }

    @Test
    void a_note_of_somebody_else_is_read_as_the_specification_lays_it_out() {
        SignedNote note = SignedNote.parse(EXAMPLE).orElseThrow();

        assertThat(note.text()).startsWith("example.com/behind-the-sofa\n20852163\n");
        assertThat(note.signatures()).extracting(SignedNote.Line::name).containsExactly("example.com/behind-the-sofa");
        assertThat(note.format()).isEqualTo(EXAMPLE);
    }

    @Test
    void a_signature_of_a_witness_beside_its_own_does_no_harm() {
        SigningKeys keys = SigningKeys.init(folder.resolve("keys"));
        SigningKeys witness = SigningKeys.init(folder.resolve("witness"));
        String text = SignedNote.sign("one\n", "ledger", keys).format()
                + SignedNote.sign("one\n", "witness", witness).format().substring("one\n\n".length());

        SignedNote read = SignedNote.parse(text).orElseThrow();

        assertThat(read.signedBy("ledger", keys.publicKey())).isTrue();
        assertThat(read.signedBy("witness", witness.publicKey())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "one\n",
                "one\n\n",
                "\n\n\u2014 a YWJjZGVm\n",
                "one\n\n\u2014 a YWJjZGVm",
                "one\n\n- a YWJjZGVm\n",
                "one\n\n\u2014 a+b YWJjZGVm\n",
                "one\n\n\u2014  YWJjZGVm\n",
                "o\tne\n\n\u2014 a YWJjZGVm\n",
                "one\n\n\u2014 a YWJjZGVm extra\n",
                "one\n\n\u2014 a YWJjZGVm\n\u2014\n"
            })
    void what_is_not_laid_out_as_a_note_is_none(String text) {
        assertThat(SignedNote.parse(text)).isEmpty();
    }
}
