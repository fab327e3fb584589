namespace WixInbox.Tests;

/// <summary>
/// Why a test is left out for the .NET Framework edition, or under Mono, which runs it elsewhere than on Windows.
/// </summary>
internal static class NotOnDesktop
{
#if NETFRAMEWORK
    public const string FileModes =
        "On .NET Framework a file is kept from others by Windows' lists of access, which Mono does not have.";
    public const string Links =
        ".NET Framework does not tell where a link leads. "
        + "Windows itself keeps a second writer out of the file, by whatever name.";
    public const string SharedFiles = "Mono takes a file for open to write until its last reader has closed it.";
    public const string Enumerations = "Mono gives the values of an enumeration as numbers.";
    public const string JoinedLetters = ".NET Framework does not know letters that are joined from several.";
    public const string ProxyRefusals = "Mono gives a proxy's refusal of a tunnel for the server's answer.";
    public const string LoopbackProxy = ".NET Framework asks no proxy for what is on this machine itself.";
    public const string Pipes = "Windows has no pipes among its files.";
    public const string OwnTries = ".NET Framework takes no body with a GET, and makes one again by itself.";
    public const string QuotedAnswers = ".NET Framework quotes no answer that it cannot read.";
#else
    public const string? FileModes = null;
    public const string? Links = null;
    public const string? SharedFiles = null;
    public const string? Enumerations = null;
    public const string? JoinedLetters = null;
    public const string? ProxyRefusals = null;
    public const string? LoopbackProxy = null;
    public const string? Pipes = null;
    public const string? OwnTries = null;
    public const string? QuotedAnswers = null;
#endif
}
