/** A public image set that can be fetched to the user's machine. */
export interface KnownSet {
  readonly name: string;
  readonly title: string;
  readonly files: readonly KnownFile[];
  /** The file to give as `data.source` when all are there. */
  readonly source: string;
}

export interface KnownFile {
  readonly name: string;
  readonly url: string;
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

const fashionMnist = 'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com';

/**
 * Addresses are those of the authors' pages. Sizes and SHA-256 come from TensorFlow Datasets, which
 * records them at its own downloads (tensorflow/datasets, tensorflow_datasets/url_checksums/
 * cifar10.txt, cifar100.txt, stl10.txt, fashion_mnist.txt).
 */
export const knownSets: readonly KnownSet[] = [
  {
    name: 'cifar10',
    title: 'CIFAR-10: 60,000 photographs of 10 classes, 32 x 32',
    source: 'cifar-10-binary.tar.gz',
    files: [
      {
        name: 'cifar-10-binary.tar.gz',
        url: 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
        bytes: 170052171,
        sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
      },
    ],
  },
  {
    name: 'cifar100',
    title: 'CIFAR-100: 60,000 photographs of 100 classes, 32 x 32',
    source: 'cifar-100-binary.tar.gz',
    files: [
      {
        name: 'cifar-100-binary.tar.gz',
        url: 'https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz',
        bytes: 168513733,
        sha256: '58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec',
      },
    ],
  },
  {
    name: 'stl10',
    title: 'STL-10: 113,000 photographs, 100,000 of them unlabelled, 96 x 96',
    source: 'stl10_binary.tar.gz',
    files: [
      {
        name: 'stl10_binary.tar.gz',
        url: 'http://ai.stanford.edu/~acoates/stl10/stl10_binary.tar.gz',
        bytes: 2640397119,
        sha256: 'f31fd99273a1acb8609c8db427cebb1de3f71de77758cdc0e22956e1289b9866',
      },
    ],
  },
  {
    name: 'fashion-mnist',
    title: 'Fashion-MNIST: 60,000 grey pictures of clothes of 10 classes, 28 x 28',
    source: 'train-images-idx3-ubyte.gz',
    files: [
      {
        name: 'train-images-idx3-ubyte.gz',
        url: `${fashionMnist}/train-images-idx3-ubyte.gz`,
        bytes: 26421880,
        sha256: '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84',
      },
      {
        name: 'train-labels-idx1-ubyte.gz',
        url: `${fashionMnist}/train-labels-idx1-ubyte.gz`,
        bytes: 29515,
        sha256: 'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845',
      },
    ],
  },
];
