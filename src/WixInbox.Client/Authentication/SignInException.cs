using System.Diagnostics.CodeAnalysis;

namespace WixInbox;

/// <summary>No token could be fetched.</summary>
/// <param name="failure">Why.</param>
[SuppressMessage(
    "Design", "CA1032", Justification = "It has no meaning without its failure, and never leaves the client.")]
[SuppressMessage("Design", "CA1064", Justification = "It never leaves the client.")]
internal sealed class SignInException(Failure failure) : Exception
{
    public Failure Failure { get; } = failure;
}
