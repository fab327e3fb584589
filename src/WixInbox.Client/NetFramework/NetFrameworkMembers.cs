using System.Net;
using System.Security.Cryptography;

namespace WixInbox.NetFramework;

/// <summary>
/// Members that .NET has and .NET Framework has not, by the same names, so that a call reads alike in both.
/// </summary>
internal static class NetFrameworkMembers
{
    private static readonly Random s_random = new ThreadSafeRandom();

    extension(OperatingSystem)
    {
        // Mono, under which the tests of this edition may run, is elsewhere too.
        public static bool IsWindows() => Environment.OSVersion.Platform == PlatformID.Win32NT;
    }

    extension(Random)
    {
        public static Random Shared => s_random;
    }

    extension(HttpClient)
    {
        public static IWebProxy? DefaultProxy => WebRequest.DefaultWebProxy;
    }

    extension(SHA256)
    {
        public static byte[] HashData(byte[] bytes)
        {
            using var sha = SHA256.Create();
            return sha.ComputeHash(bytes);
        }
    }

    extension(Task)
    {
        public static Task Delay(TimeSpan delay, TimeProvider time, CancellationToken cancellationToken) =>
            time.Delay(delay, cancellationToken);
    }

    /// <summary>Ends no sooner than the token's callbacks have: .NET Framework knows no other way.</summary>
    public static Task CancelAsync(this CancellationTokenSource source)
    {
        source.Cancel();
        return Task.CompletedTask;
    }

    /// <summary>The wait for a body cannot be cancelled here, and ends with its connection.</summary>
    public static Task<Stream> ReadAsStreamAsync(this HttpContent content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return content.ReadAsStreamAsync();
    }

    private sealed class ThreadSafeRandom : Random
    {
        private readonly object _gate = new();

        public override int Next(int minValue, int maxValue)
        {
            lock (_gate)
            {
                return base.Next(minValue, maxValue);
            }
        }

        public override double NextDouble()
        {
            lock (_gate)
            {
                return base.NextDouble();
            }
        }
    }
}
