using System.Text.Json.Serialization.Metadata;
using WixInbox.Http;

namespace WixInbox.Calls;

/// <summary>A request of the API: what is sent, and how the answer is read.</summary>
/// <typeparam name="T">What the server answers.</typeparam>
/// <param name="Operation">Which call it is.</param>
/// <param name="Path">Its address, relative to the API's.</param>
/// <param name="Body">The JSON that it sends, as UTF-8; null for a GET.</param>
/// <param name="Type">How the answer is read.</param>
/// <param name="IsWhole">Tells whether an answer has what was asked for.</param>
internal sealed record ApiRequest<T>(
    Operation Operation, string Path, byte[]? Body, JsonTypeInfo<T> Type, Func<T, bool> IsWhole)
    where T : class
{
    /// <summary>
    /// Gets a value indicating whether the request does no harm if the server carries it out twice. That is so of all
    /// but two: a message would be there twice, and an upload is made again with another address
    /// (<see cref="MediaManager"/>).
    /// </summary>
    public bool IsRepeatable { get; init; } = Operation is not (Operation.SendMessage or Operation.UploadFile);

    /// <summary>
    /// Gets the file to upload. It goes unsigned to an address of its own, and <see cref="Path"/> and
    /// <see cref="Body"/> are not used.
    /// </summary>
    public Upload? Upload { get; init; }
}
