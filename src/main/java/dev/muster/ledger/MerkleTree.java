package dev.muster.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The tree of RFC 6962 over the lines of a ledger: one hash for all of them, and short proofs about it. */
final class MerkleTree {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final List<byte[]> leaves;

    MerkleTree(List<byte[]> lines) {
        this.leaves = lines.stream().map(MerkleTree::leaf).toList();
    }

    int size() {
        return leaves.size();
    }

    /** The hash over the first lines. */
    byte[] root(int size) {
        return hash(leaves.subList(0, size));
    }

    /** The hashes that lead from one line to the root over the first {@code size} lines. */
    List<byte[]> inclusion(int index, int size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no line " + index + " among " + size);
        }
        List<byte[]> path = new ArrayList<>();
        include(index, leaves.subList(0, size), path);
        return List.copyOf(path);
    }

    /** The hashes that show that the first {@code earlier} lines are the beginning of the first {@code size}. */
    List<byte[]> consistency(int earlier, int size) {
        if (earlier < 1 || earlier > size) {
            throw new IllegalArgumentException(earlier + " lines are no beginning of " + size);
        }
        List<byte[]> proof = new ArrayList<>();
        extend(earlier, leaves.subList(0, size), true, proof);
        return List.copyOf(proof);
    }

    /** Whether a path leads from the line at this index to the root over this many lines. */
    static boolean includes(byte[] line, long index, long size, List<byte[]> path, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        byte[] reached = leaf(line);
        long here = index;
        long last = size - 1;
        for (byte[] beside : path) {
            if (last == 0) {
                return false;
            }
            if (here % 2 == 1 || here == last) {
                reached = node(beside, reached);
                while (here % 2 == 0 && here != 0) {
                    here /= 2;
                    last /= 2;
                }
            } else {
                reached = node(reached, beside);
            }
            here /= 2;
            last /= 2;
        }
        return last == 0 && Arrays.equals(reached, root);
    }

    /** Whether a proof shows that the later tree is the earlier one and more. */
    static boolean extendsTo(long earlier, byte[] earlierRoot, long later, byte[] laterRoot, List<byte[]> proof) {
        if (earlier < 1 || earlier > later) {
            return false;
        }
        if (earlier == later) {
            return proof.isEmpty() && Arrays.equals(earlierRoot, laterRoot);
        }
        List<byte[]> steps = new ArrayList<>(proof);
        if (Long.bitCount(earlier) == 1) {
            steps.add(0, earlierRoot);
        }
        if (steps.isEmpty()) {
            return false;
        }
        long here = earlier - 1;
        long last = later - 1;
        while (here % 2 == 1) {
            here /= 2;
            last /= 2;
        }
        byte[] before = steps.get(0);
        byte[] after = steps.get(0);
        for (byte[] beside : steps.subList(1, steps.size())) {
            if (last == 0) {
                return false;
            }
            if (here % 2 == 1 || here == last) {
                before = node(beside, before);
                after = node(beside, after);
                while (here % 2 == 0 && here != 0) {
                    here /= 2;
                    last /= 2;
                }
            } else {
                after = node(after, beside);
            }
            here /= 2;
            last /= 2;
        }
        return last == 0 && Arrays.equals(before, earlierRoot) && Arrays.equals(after, laterRoot);
    }

    private static void include(int index, List<byte[]> below, List<byte[]> path) {
        if (below.size() == 1) {
            return;
        }
        int left = leftOf(below.size());
        if (index < left) {
            include(index, below.subList(0, left), path);
            path.add(hash(below.subList(left, below.size())));
        } else {
            include(index - left, below.subList(left, below.size()), path);
            path.add(hash(below.subList(0, left)));
        }
    }

    private static void extend(int earlier, List<byte[]> below, boolean known, List<byte[]> proof) {
        if (earlier == below.size()) {
            if (!known) {
                proof.add(hash(below));
            }
            return;
        }
        int left = leftOf(below.size());
        if (earlier <= left) {
            extend(earlier, below.subList(0, left), known, proof);
            proof.add(hash(below.subList(left, below.size())));
        } else {
            extend(earlier - left, below.subList(left, below.size()), false, proof);
            proof.add(hash(below.subList(0, left)));
        }
    }

    private static byte[] hash(List<byte[]> below) {
        if (below.isEmpty()) {
            return nothing();
        }
        if (below.size() == 1) {
            return below.get(0);
        }
        int left = leftOf(below.size());
        return node(hash(below.subList(0, left)), hash(below.subList(left, below.size())));
    }

    /** The largest power of two below a number of leaves. */
    private static int leftOf(int size) {
        return Integer.highestOneBit(size - 1);
    }

    /** The root over no line at all. */
    static byte[] nothing() {
        return digest().digest();
    }

    static byte[] leaf(byte[] line) {
        MessageDigest digest = digest();
        digest.update(LEAF);
        return digest.digest(line);
    }

    static byte[] node(byte[] left, byte[] right) {
        MessageDigest digest = digest();
        digest.update(NODE);
        digest.update(left);
        return digest.digest(right);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
