using System.Text.Json.Serialization.Metadata;
using WixInbox.Http;

namespace WixInbox.Calls;

/// <summary>What a call of the API asks for, whoever makes it and however often.</summary>
/// <typeparam name="T">What the server answers.</typeparam>
/// <param name="Operation">Which call it is.</param>
/// <param name="Path">Its address under that of the API.</param>
/// <param name="Body">What it sends; null for a GET.</param>
/// <param name="Type">How the answer is read.</param>
/// <param name="IsWhole">Tells whether an answer has what was asked for.</param>
internal sealed record Call<T>(Operation Operation, string Path, byte[]? Body, JsonTypeInfo<T> Type, Func<T, bool> IsWhole)
    where T : class
{
    /// <summary>Gets a value indicating whether the call does no harm if it is done twice.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Gets the file that the call uploads. It goes to an address of its own, unsigned: <see cref="Path"/> and <see cref="Body"/> do not count.</summary>
    public Upload? Upload { get; init; }
}
