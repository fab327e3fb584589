using System.Net;
using WixInbox.SandboxServer;

namespace WixInbox.Sandbox.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public void Nothing_means_the_defaults()
    {
        var options = CommandLine.Parse([])!;

        Assert.Equal((IPAddress.Loopback, 5080), (options.Address, options.Port));
        Assert.Equal(200, options.Sandbox.RequestsPerMinute);
        Assert.Equal(TimeSpan.Zero, options.Sandbox.Latency);
        Assert.Null(options.Sandbox.Token);
        Assert.False(options.Sandbox.Strict);
        Assert.Null(options.ContactFile);
        Assert.Equal(
            (null, null, null), (options.Sandbox.ClientId, options.Sandbox.ClientSecret, options.Sandbox.InstanceId));
    }

    [Fact]
    public void Every_option_is_read_with_a_space_or_an_equals_sign()
    {
        var options = CommandLine.Parse(
            ["--urls", "http://[::1]:0", "--requests-per-minute=0", "--latency", "250", "--token=a=b", "--strict",
             "--client-id=app", "--client-secret", "secret", "--instance-id=one", "--contacts", "people.csv"])!;

        Assert.Equal((IPAddress.IPv6Loopback, 0), (options.Address, options.Port));
        Assert.Equal(0, options.Sandbox.RequestsPerMinute);
        Assert.Equal(TimeSpan.FromMilliseconds(250), options.Sandbox.Latency);
        Assert.Equal("a=b", options.Sandbox.Token);
        Assert.True(options.Sandbox.Strict);
        Assert.Equal(
            ("app", "secret", "one"),
            (options.Sandbox.ClientId, options.Sandbox.ClientSecret, options.Sandbox.InstanceId));
        Assert.Equal("people.csv", options.ContactFile);
    }

    [Theory]
    [InlineData("--urls", "http://0.0.0.0:5080")]
    [InlineData("--urls", "http://*:5080")]
    [InlineData("--urls", "http://example.com:5080")]
    [InlineData("--urls", "https://127.0.0.1:5080")]
    [InlineData("--urls", "http://127.0.0.1:1;http://127.0.0.1:2")]
    [InlineData("--urls", "http://127.0.0.1:1/path")]
    [InlineData("--urls")]
    [InlineData("--latency", "-1")]
    [InlineData("--latency", "fast")]
    [InlineData("--requests-per-minute", "1.5")]
    [InlineData("--token", "")]
    [InlineData("--client-id")]
    [InlineData("--client-secret", "")]
    [InlineData("--instance-id=")]
    [InlineData("--contacts=")]
    [InlineData("--strict=yes")]
    [InlineData("--rate", "5")]
    [InlineData("5080")]
    public void A_bad_option_is_refused_with_a_reason(params string[] arguments) =>
        Assert.NotEmpty(Assert.Throws<FormatException>(() => CommandLine.Parse(arguments)).Message);

    [Fact]
    public void Help_is_no_server()
    {
        Assert.Null(CommandLine.Parse(["--help"]));
        Assert.All(
            [
                "--requests-per-minute", "--client-id", "--client-secret", "--instance-id", "--contacts FILE",
                "POST /sandbox/contacts",
            ],
            text => Assert.Contains(text, CommandLine.Help, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error_of_its_own()
    {
        await using LoopbackServer first = await LoopbackServer.StartAsync(
            new ServerOptions { Port = 0 }, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<IOException>(() => LoopbackServer.StartAsync(
            new ServerOptions { Port = first.Address.Port }, TestContext.Current.CancellationToken));
    }
}
