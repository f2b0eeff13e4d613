package dev.muster.cli;

import java.nio.file.Path;

/** Works in a scratch that is elsewhere than the Muster that conducts the drill. */
public interface Working {

    /**
     * Takes one order and does it, until the process is ended.
     *
     * @param folder what the containers of the scratch share
     * @param secrets where the drill's secrets lie, a file each
     */
    void work(Path folder, Path secrets) throws Exception;
}
