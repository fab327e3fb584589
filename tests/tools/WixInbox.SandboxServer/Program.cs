using System.Net.Sockets;

namespace WixInbox.SandboxServer;

internal static class Program
{
    private const int BadCommandLine = 2;

    public static async Task<int> Main(string[] arguments)
    {
        ServerOptions? options;
        try
        {
            options = CommandLine.Parse(arguments);
        }
        catch (FormatException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return BadCommandLine;
        }

        if (options is null)
        {
            Console.WriteLine(CommandLine.Help);
            return 0;
        }

        LoopbackServer server;
        try
        {
            server = await LoopbackServer.StartAsync(options);
        }
        catch (FormatException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return BadCommandLine;
        }
        catch (Exception exception) when (exception is IOException or SocketException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }

        await using (server)
        {
            Console.WriteLine($"Listening on {server.Address.GetLeftPart(UriPartial.Authority)}");
            await server.WaitForShutdownAsync();
        }

        return 0;
    }
}
