using System.Text;

namespace WixInbox.Tests.Sockets;

/// <summary>What goes over the wire to the server for uploads.</summary>
public sealed class UploadTests
{
    private const string Ready = """{"file":{"id":"f1","operationStatus":"READY"}}""";

    [Fact]
    public async Task The_bytes_go_as_they_are_to_the_host_that_Wix_names_and_the_secret_does_not()
    {
        using var folder = new TemporaryFolder();
        var content = new byte[3_000_001];
        new Random(1).NextBytes(content);
        var file = LocalFile.Read(folder.Write("a.own", content), TestClient.Cancellation);
        await using var uploads = new SocketServer(Ok(Ready));
        await using var api = new SocketServer(
            Ok($$"""{"uploadUrl":"http://localhost:{{uploads.Port}}/upload/secret"}"""));
        using var client = SocketServer.ClientFor(api.Port);

        var outcome = await client.Media.UploadAsync(file, TimeSpan.Zero, TestClient.Cancellation);

        Assert.Equal("f1", outcome.Value?.Id);
        Assert.Contains("Authorization: " + Secret.Canary, Assert.Single(api.Requests), StringComparison.Ordinal);
        var put = Assert.Single(uploads.Requests);
        var end = put.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = put[..end].Split("\r\n");
        Assert.Equal("PUT /upload/secret?filename=a.own HTTP/1.1", head[0]);
        Assert.Equal(
            ["Accept", "Content-Length", "Content-Type", "Host", "User-Agent"],
            head.Skip(1).Select(line => line.Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.Contains("Content-Length: 3000001", head);
        Assert.True(content.AsSpan().SequenceEqual(Encoding.Latin1.GetBytes(put[(end + 4)..])));
    }

    [Fact]
    public async Task A_server_that_hangs_up_gets_the_file_again()
    {
        using var folder = new TemporaryFolder();
        var file = LocalFile.Read(folder.Write("a.txt", "some text"), TestClient.Cancellation);
        var tries = 0;
        await using var uploads = new SocketServer((_, stream, cancellationToken) =>
            Interlocked.Increment(ref tries) == 1
                ? Task.CompletedTask
                : stream.WriteAsync(Encoding.UTF8.GetBytes(Ok(Ready)), cancellationToken).AsTask());
        await using var api = new SocketServer(
            Ok($$"""{"uploadUrl":"http://127.0.0.1:{{uploads.Port}}/upload/secret"}"""));
        using var client = SocketServer.ClientFor(api.Port);

        var outcome = await client.Media.UploadAsync(file, TimeSpan.Zero, TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Equal((2, 2), (uploads.Requests.Count, api.Requests.Count));
        Assert.All(uploads.Requests, put => Assert.EndsWith("\r\n\r\nsome text", put, StringComparison.Ordinal));
    }

    [Theory(Skip = NotOnDesktop.SharedFiles)]
    [InlineData("shorter", true)]
    [InlineData("other", true)]
    [InlineData("longer", false)]
    public async Task A_file_that_is_changed_while_it_is_open_does_not_arrive_whole_unless_what_was_looked_at_is_still_there(string change, bool fails)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets nobody write to a file that is being uploaded.");
        using var folder = new TemporaryFolder();
        var content = new byte[200_000];
        new Random(1).NextBytes(content);
        var file = LocalFile.Read(folder.Write("a.own", content), TestClient.Cancellation);
        await using var uploads = new SocketServer(Ok(Ready));
        await using var api = new SocketServer(async (_, stream, cancellationToken) =>
        {
            // It is open by now.
            using (var writer = new FileStream(file.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            {
                writer.SetLength(change == "shorter" ? 100_000 : change == "longer" ? 200_001 : 200_000);
                writer.Position = change == "longer" ? 200_000 : 99_999;
                writer.WriteByte((byte)(content[99_999] ^ 1));
            }

            await stream.WriteAsync(
                Encoding.UTF8.GetBytes(Ok($$"""{"uploadUrl":"http://127.0.0.1:{{uploads.Port}}/upload/secret"}""")),
                cancellationToken);
        });
        using var client = SocketServer.ClientFor(api.Port);

        var outcome = await client.Media.UploadAsync(file, TimeSpan.Zero, TestClient.Cancellation);

        Assert.Equal(fails ? "FileChanged" : null, outcome.Failure?.Code);
        Assert.Equal(
            fails ? [] : [200_000],
            uploads.Requests.Select(put => put.Length - put.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 4));
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task Nothing_listens_and_the_address_is_not_told()
    {
        using var folder = new TemporaryFolder();
        using var closed = SocketServer.ClosedPort();
        var port = ((System.Net.IPEndPoint)closed.LocalEndPoint!).Port;
        await using var api = new SocketServer(Ok($$"""{"uploadUrl":"http://127.0.0.1:{{port}}/upload/secret"}"""));
        using var client = SocketServer.ClientFor(api.Port);

        var outcome = await client.Media.UploadAsync(
            LocalFile.Read(folder.Write("a.txt", "x"), TestClient.Cancellation),
            TimeSpan.Zero,
            TestClient.Cancellation);

        Assert.Equal((OutcomeKind.NotSent, FailureCause.Connection), (outcome.Kind, outcome.Failure!.Cause));
        Assert.DoesNotContain(
            "secret", $"{outcome.Failure.Message}{outcome.Failure.Exception}", StringComparison.Ordinal);
    }

    private static string Ok(string body) =>
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
        + $"{body.Length}\r\n\r\n{body}";
}
