import java.io.IOException;
import java.nio.file.Path;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** A Neo4j server on the home and the neo4j.conf that are its arguments. It stops when its standard input ends. */
public class Server {
    public static void main(String[] arguments) throws IOException {
        var server = new DatabaseManagementServiceBuilder(Path.of(arguments[0]))
                .loadPropertiesFromFile(Path.of(arguments[1]))
                .build();
        // with the program that started it gone, its end of the pipe is closed: no server is left behind
        while (System.in.read() >= 0) {}
        server.shutdown();
    }
}
