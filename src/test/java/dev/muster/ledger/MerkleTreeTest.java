package dev.muster.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MerkleTreeTest {
    private static final HexFormat HEX = HexFormat.of();

    /** The inputs and roots that the reference implementation of Certificate Transparency is tested with. */
    private static final List<byte[]> INPUTS = Stream.of(
                    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
            .map(HEX::parseHex)
            .toList();

    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void the_roots_are_those_of_the_reference() {
        MerkleTree tree = new MerkleTree(INPUTS);

        for (int size = 0; size <= INPUTS.size(); size++) {
            assertThat(HEX.formatHex(tree.root(size))).as("size " + size).isEqualTo(ROOTS.get(size));
        }
    }

    @Test
    void the_proofs_are_those_of_the_reference() {
        MerkleTree tree = new MerkleTree(INPUTS);

        assertThat(hex(tree.inclusion(0, 8)))
                .containsExactly(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
        assertThat(hex(tree.consistency(1, 1))).isEmpty();
        assertThat(hex(tree.consistency(1, 8)))
                .containsExactly(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
        assertThat(hex(tree.consistency(2, 5)))
                .containsExactly(
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");
        assertThat(hex(tree.consistency(6, 8)))
                .containsExactly(
                        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 31, 32, 33, 70})
    void every_line_is_shown_and_no_other_line_place_or_tree_is(int size) {
        List<byte[]> lines = lines(size);
        MerkleTree tree = new MerkleTree(lines);
        byte[] root = tree.root(size);

        for (int index = 0; index < size; index++) {
            List<byte[]> path = tree.inclusion(index, size);
            assertThat(MerkleTree.includes(lines.get(index), index, size, path, root))
                    .isTrue();
            assertThat(MerkleTree.includes(new byte[] {1}, index, size, path, root))
                    .isFalse();
            assertThat(MerkleTree.includes(lines.get(index), index + 1, size, path, root))
                    .isFalse();
            assertThat(MerkleTree.includes(lines.get(index), index, size, longer(path), root))
                    .isFalse();
            for (int left = 0; left < path.size(); left++) {
                List<byte[]> shorter = new ArrayList<>(path);
                shorter.remove(left);
                assertThat(MerkleTree.includes(lines.get(index), index, size, shorter, root))
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 31, 32, 33, 40})
    void every_beginning_is_shown_and_no_other_one_is(int size) {
        MerkleTree tree = new MerkleTree(lines(size));
        List<byte[]> rewritten = lines(size);
        rewritten.set(0, new byte[] {9});
        MerkleTree other = new MerkleTree(rewritten);

        for (int earlier = 1; earlier <= size; earlier++) {
            List<byte[]> proof = tree.consistency(earlier, size);
            assertThat(MerkleTree.extendsTo(earlier, tree.root(earlier), size, tree.root(size), proof))
                    .isTrue();
            assertThat(MerkleTree.extendsTo(earlier, other.root(earlier), size, tree.root(size), proof))
                    .isFalse();
            assertThat(MerkleTree.extendsTo(earlier, tree.root(earlier), size, other.root(size), proof))
                    .isFalse();
            assertThat(MerkleTree.extendsTo(earlier, tree.root(earlier), size, tree.root(size), longer(proof)))
                    .isFalse();
            assertThat(MerkleTree.extendsTo(
                            earlier, other.root(earlier), size, tree.root(size), other.consistency(earlier, size)))
                    .isFalse();
        }
    }

    @Test
    void a_proof_between_any_two_sizes_holds_and_none_of_which_one_bit_is_changed_does() {
        Random random = new Random(20261121);
        MerkleTree tree = new MerkleTree(lines(600));
        for (int pair = 0; pair < 300; pair++) {
            int later = 2 + random.nextInt(599);
            int earlier = 1 + random.nextInt(later - 1);
            byte[] before = tree.root(earlier);
            byte[] after = tree.root(later);
            List<byte[]> proof = new ArrayList<>(tree.consistency(earlier, later));
            assertThat(MerkleTree.extendsTo(earlier, before, later, after, proof))
                    .as(earlier + " to " + later)
                    .isTrue();
            byte[] changed = proof.get(random.nextInt(proof.size()));
            changed[random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
            assertThat(MerkleTree.extendsTo(earlier, before, later, after, proof))
                    .as(earlier + " to " + later)
                    .isFalse();
        }
    }

    @Test
    void a_tree_that_grows_has_the_same_roots_wherever_it_went_on_from() {
        List<byte[]> lines = lines(300);
        MerkleTree tree = new MerkleTree(lines);
        Frontier growing = new Frontier();
        assertThat(growing.root()).isEqualTo(tree.root(0));
        for (byte[] line : lines) {
            growing = new Frontier(growing.size(), growing.parts());
            growing.add(line);
            assertThat(growing.root()).isEqualTo(tree.root((int) growing.size()));
        }
    }

    private static List<byte[]> lines(int size) {
        List<byte[]> lines = new ArrayList<>();
        for (int line = 0; line < size; line++) {
            lines.add(("line " + line).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return lines;
    }

    private static List<byte[]> longer(List<byte[]> proof) {
        List<byte[]> longer = new ArrayList<>(proof);
        longer.add(new byte[32]);
        return longer;
    }

    private static List<String> hex(List<byte[]> hashes) {
        return hashes.stream().map(HEX::formatHex).toList();
    }
}
