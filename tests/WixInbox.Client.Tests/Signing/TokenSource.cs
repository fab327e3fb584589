namespace WixInbox.Tests.Signing;

/// <summary>Brings <c>token-1</c>, <c>token-2</c> and so on.</summary>
internal sealed class TokenSource
{
    private int _calls;

    public TokenSource()
    {
        Authentication = Authentication.TokenProvider(
            _ => Task.FromResult(Secret.Of($"token-{Interlocked.Increment(ref _calls)}")));
    }

    public Authentication Authentication { get; }

    public int Calls => _calls;
}
