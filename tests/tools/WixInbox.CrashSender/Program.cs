using System.Security;

namespace WixInbox.CrashSender;

/// <summary>
/// Sends the rows of <see cref="Workload"/> to a server with a journal, as a user's command would, and is killed while
/// it does so: <c>WixInbox.CrashSender address journal</c>.
/// </summary>
internal static class Program
{
    private const int SideBySide = 8;

    /// <returns>
    /// 0 if each row is known to be sent; 1 if the command has to be typed again; 2 if there is no journal.
    /// </returns>
    private static async Task<int> Main(string[] args)
    {
        try
        {
            return await SendAsync(args);
        }
        catch (JournalException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    private static async Task<int> SendAsync(string[] args)
    {
        using var token = new SecureString();
        token.AppendChar('t');
        using var client = new WixInboxClient(new WixInboxClientOptions(Authentication.AccessToken(token))
        {
            BaseAddress = new Uri(args[0]),
            RequestsPerMinute = 0,
            Timeout = TimeSpan.FromSeconds(5),
        });

        // The server of this test is done with a request that was given up within milliseconds.
        var options = new BulkRunOptions
        {
            Journal = args[1],
            ThrottleLimit = SideBySide,
            ReconcileWait = TimeSpan.FromSeconds(0.5),
        };
        await using var run = await BulkRun.OpenAsync(client, options);
        var isDone = true;
        await foreach (var result in run.SendAllAsync(
            Workload.Create().Select(row => new BulkMessage(row.Recipient, Message.OfText(row.Text)))))
        {
            isDone &= result.IsSent;
        }

        return isDone ? 0 : 1;
    }
}
