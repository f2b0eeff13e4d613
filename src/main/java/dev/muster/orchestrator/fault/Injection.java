package dev.muster.orchestrator.fault;

import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.Fault;
import java.io.IOException;
import java.sql.SQLException;

/** A fault with the way it is made. */
public sealed interface Injection {

    Fault fault();

    <R> R match(Cases<R> cases) throws Exception;

    /** One answer per place that a fault can sit in. */
    interface Cases<R> {
        R objects(IntoObjects injection) throws Exception;

        R log(IntoLog injection) throws Exception;

        R data(IntoData injection) throws Exception;

        R files(IntoFiles injection) throws Exception;

        R vault(IntoVault injection) throws Exception;

        R network(IntoNetwork injection) throws Exception;
    }

    /** Changes the fetched objects of an asset's backup; the asset is restored again from them. */
    record IntoObjects(Fault fault, Asset asset, ObjectMaking making) implements Injection {
        @Override
        public <R> R match(Cases<R> cases) throws Exception {
            return cases.objects(this);
        }

        /** Makes the fault. */
        public interface ObjectMaking {
            /** Changes the objects, which lie in a folder of their own, and says what was done. */
            String in(FetchedObjects objects, Ground ground) throws NotApplicable, IOException, InterruptedException;
        }
    }

    /** Takes something out of the log that follows a backup; the database is restored again. */
    record IntoLog(Fault fault, LogMaking making) implements Injection {
        @Override
        public <R> R match(Cases<R> cases) throws Exception {
            return cases.log(this);
        }

        /** Makes the fault. */
        public interface LogMaking {
            /** The backup as it would have been planned with the fault. */
            Backup in(Backup backup, Ground ground) throws NotApplicable;
        }
    }

    /** Changes a copy of the restored database. */
    record IntoData(Fault fault, DataMaking making) implements Injection {
        @Override
        public <R> R match(Cases<R> cases) throws Exception {
            return cases.data(this);
        }

        /** Makes the fault. */
        public interface DataMaking {
            /** Changes the database and says what was done. */
            String in(Data data) throws NotApplicable, SQLException;
        }
    }

    /** Changes a copy of the restored files of an asset. */
    record IntoFiles(Fault fault, Asset asset, FileMaking making) implements Injection {
        @Override
        public <R> R match(Cases<R> cases) throws Exception {
            return cases.files(this);
        }

        /** Makes the fault. */
        public interface FileMaking {
            /** Changes the files and says what was done. */
            String in(RestoredFiles files, Ground ground) throws NotApplicable, IOException, SQLException;
        }
    }

    /** Opens the scratch to everything that the machine reaches. */
    record IntoNetwork(Fault fault) implements Injection {
        @Override
        public <R> R match(Cases<R> cases) throws Exception {
            return cases.network(this);
        }
    }

    /** Changes what the vault is taken to have said of the objects that were read. */
    record IntoVault(Fault fault, Telling telling) implements Injection {
        @Override
        public <R> R match(Cases<R> cases) throws Exception {
            return cases.vault(this);
        }

        /** What the vault tells otherwise. */
        public enum Telling {
            /** The objects are others after the drill than they were when they were read. */
            CHANGED_MEANWHILE,
            /** Nothing was stored any more for as long as ten backups would have taken. */
            NOTHING_NEWER
        }
    }
}
