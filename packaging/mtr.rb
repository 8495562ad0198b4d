# Homebrew formula of mtr; filled by scripts/release/finish.ts.
class Mtr < Formula
  desc "Recorder and analyst of a machine's metrics in one file"
  homepage "https://github.com/@REPOSITORY@"
  version "@VERSION@"
  license "MIT"

  on_macos do
    on_arm do
      url "https://github.com/@REPOSITORY@/releases/download/v@VERSION@/mtr-@VERSION@-macos-arm64.tar.gz"
      sha256 "@SHA256_MACOS_ARM64@"
    end
    on_intel do
      url "https://github.com/@REPOSITORY@/releases/download/v@VERSION@/mtr-@VERSION@-macos-x64.tar.gz"
      sha256 "@SHA256_MACOS_X64@"
    end
  end

  on_linux do
    on_arm do
      url "https://github.com/@REPOSITORY@/releases/download/v@VERSION@/mtr-@VERSION@-linux-arm64.tar.gz"
      sha256 "@SHA256_LINUX_ARM64@"
    end
    on_intel do
      url "https://github.com/@REPOSITORY@/releases/download/v@VERSION@/mtr-@VERSION@-linux-x64.tar.gz"
      sha256 "@SHA256_LINUX_X64@"
    end
  end

  def install
    bin.install "mtr"
    man1.install "mtr.1"
    bash_completion.install "completions/mtr.bash" => "mtr"
    zsh_completion.install "completions/mtr.zsh" => "_mtr"
    fish_completion.install "completions/mtr.fish"
  end

  test do
    assert_match "mtr @VERSION@", shell_output("#{bin}/mtr --version")
  end
end
