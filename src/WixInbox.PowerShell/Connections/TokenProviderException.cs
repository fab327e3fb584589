using System.Diagnostics.CodeAnalysis;

namespace WixInbox.Connections;

/// <summary>The script block of -TokenProvider gave no token.</summary>
/// <param name="message">What it did instead, with nothing of what it gave or said.</param>
[SuppressMessage("Design", "CA1032", Justification = "It has no meaning without its message.")]
[SuppressMessage("Design", "CA1064", Justification = "Nobody else catches it.")]
internal sealed class TokenProviderException(string message) : Exception(message);
